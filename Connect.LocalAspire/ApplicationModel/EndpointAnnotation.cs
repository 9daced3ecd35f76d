namespace Aspire.Hosting.ApplicationModel;

/// <summary>A port that a resource listens on.</summary>
public sealed class EndpointAnnotation : IResourceAnnotation
{
    private readonly TaskCompletionSource<int> _allocated = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal EndpointAnnotation(string uriScheme, string name, int? port)
    {
        UriScheme = uriScheme;
        Name = name;
        Port = port;
    }

    /// <summary>The name, unique in the resource.</summary>
    public string Name { get; set; }

    /// <summary>The port that clients use; none: any free one.</summary>
    public int? Port { get; set; }

    /// <summary>The port that a container listens on; a process listens on the one that its clients use.</summary>
    public int? TargetPort { get; set; }

    /// <summary>The scheme of its addresses.</summary>
    public string UriScheme { get; set; }

    /// <summary>Whether it is meant for callers from outside.</summary>
    public bool IsExternal { get; set; }

    internal int? AllocatedPort => _allocated.Task.IsCompletedSuccessfully ? _allocated.Task.GetAwaiter().GetResult() : null;

    /// <summary>The addresses of the processes themselves, behind a proxy if there are several.</summary>
    internal IReadOnlyList<string> ProcessAddresses { get; set; } = [];

    internal void Allocate(int port) => _allocated.TrySetResult(port);

    internal Task<int> AllocatedPortAsync(CancellationToken cancellationToken) => _allocated.Task.WaitAsync(cancellationToken);
}
