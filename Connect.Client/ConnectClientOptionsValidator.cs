using Microsoft.Extensions.Options;

namespace Connect.Client;

/// <summary>Says what is wrong with the options, without their values: some are secrets.</summary>
internal sealed class ConnectClientOptionsValidator : IValidateOptions<ConnectClientOptions>
{
    public ValidateOptionsResult Validate(string? name, ConnectClientOptions options)
    {
        List<string> faults = [.. AddressFaults(options), .. CallerFaults(options), .. LimitFaults(options)];
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> AddressFaults(ConnectClientOptions options)
    {
        if (options.Address is not { IsAbsoluteUri: true, Scheme: "http" or "https", Query: "", Fragment: "", UserInfo: "" })
        {
            yield return "Address of the Connect client has to be an absolute http or https address without user, query and fragment.";
        }
    }

    private static IEnumerable<string> CallerFaults(ConnectClientOptions options)
    {
        if (options.ApiKey is not null && (options.Email is not null || options.Password is not null))
        {
            yield return "The Connect client has both an ApiKey and an Email or Password: set one or the other.";
        }

        if (string.IsNullOrWhiteSpace(options.Email) != string.IsNullOrEmpty(options.Password))
        {
            yield return "The Connect client has only one of Email and Password: set both or none.";
        }

        if (options.ApiKey is { } key && (key.Length == 0 || !key.All(character => char.IsBetween(character, '!', '~'))))
        {
            yield return "ApiKey of the Connect client is empty, or has characters that no key has, such as a line break.";
        }
    }

    private static IEnumerable<string> LimitFaults(ConnectClientOptions options)
    {
        if (options.Timeout < TimeSpan.FromSeconds(1) || options.Timeout > TimeSpan.FromHours(1))
        {
            yield return "Timeout of the Connect client has to be between 1 second and 1 hour.";
        }

        if (options.MaxRetries is < 0 or > 10)
        {
            yield return "MaxRetries of the Connect client has to be between 0 and 10.";
        }
    }
}
