namespace Aspire.Hosting.ApplicationModel;

/// <summary>The request of a command that is about to be sent.</summary>
public sealed class HttpCommandRequestContext
{
    /// <summary>The endpoint that it goes to.</summary>
    public required EndpointReference Endpoint { get; init; }

    /// <summary>Ends with the command.</summary>
    public required CancellationToken CancellationToken { get; init; }

    /// <summary>The client that sends it.</summary>
    public required HttpClient HttpClient { get; init; }

    /// <summary>The request.</summary>
    public required HttpRequestMessage Request { get; init; }
}
