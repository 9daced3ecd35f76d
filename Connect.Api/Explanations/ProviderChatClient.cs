using System.ClientModel;
using Connect.Data.Explanations;
using Microsoft.Extensions.AI;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Connect.Api.Explanations;

/// <summary>Translates exceptions of the provider's client and of its handlers.</summary>
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
                    // A status of success means that the body could not be read.
                    return new ModelUnavailableException($"HTTP {status}", mayBeCharged: status < 400);
            }
        }

        return null;
    }
}
