namespace Connect.Client.Sessions;

/// <summary>The address that the operations' paths are relative to.</summary>
internal static class BaseAddress
{
    /// <summary>The API's address, with a slash at its end: without it, the last part of its path would be replaced.</summary>
    public static Uri Of(ConnectClientOptions options)
    {
        var address = options.Address!.AbsoluteUri;
        return new Uri(address.EndsWith('/') ? address : $"{address}/");
    }
}
