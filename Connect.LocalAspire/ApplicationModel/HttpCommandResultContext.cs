namespace Aspire.Hosting.ApplicationModel;

/// <summary>The response to a command's request.</summary>
public sealed class HttpCommandResultContext
{
    /// <summary>Ends with the command.</summary>
    public required CancellationToken CancellationToken { get; init; }

    /// <summary>The response.</summary>
    public required HttpResponseMessage Response { get; init; }
}
