namespace Aspire.Hosting.ApplicationModel;

/// <summary>How a command that is an HTTP request is shown and sent.</summary>
public class HttpCommandOptions : CommandOptions
{
    /// <summary>The method; POST where there is none.</summary>
    public HttpMethod? Method { get; set; }

    /// <summary>Called with the request before it is sent.</summary>
    public Func<HttpCommandRequestContext, Task>? PrepareRequest { get; set; }

    /// <summary>Reads the result out of the response; without it any success is one.</summary>
    public Func<HttpCommandResultContext, Task<ExecuteCommandResult>>? GetCommandResult { get; set; }
}
