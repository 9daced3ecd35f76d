using System.ClientModel;
using Connect.Data.Explanations;
using Microsoft.Extensions.AI;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Connect.Api.Explanations;

/// <summary>Says in Connect's terms what the provider's client and the handlers below it throw.</summary>
internal sealed class ProviderChatClient(IChatClient inner) : DelegatingChatClient(inner)
{
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        try
        {
            return await base.GetResponseAsync(messages, options, cancellationToken);
        }
        catch (Exception exception) when (Translate(exception) is { } translated)
        {
            throw translated;
        }
    }

    private static Exception? Translate(Exception exception)
    {
        for (var current = exception; current is not null; current = current.InnerException)
        {
            switch (current)
            {
                case TimeoutRejectedException:
                    return new OperationCanceledException("The provider did not answer in time.");
                case BrokenCircuitException:
                    return new ModelUnavailableException("the breaker is open", mayBeCharged: false);
                case HttpRequestException { HttpRequestError: var error }:
                    return new ModelUnavailableException($"no connection ({error})", mayBeCharged: error == HttpRequestError.ResponseEnded);
                case ClientResultException { Status: > 0 and var status }:
                    // A status of success stands for a body that could not be read.
                    return new ModelUnavailableException($"HTTP {status}", mayBeCharged: status < 400);
            }
        }

        return null;
    }
}
