namespace Connect.Client;

/// <summary>
/// Where the API is, and as which caller: a program with its <see cref="ApiKey"/>, a person with <see cref="Email"/> and
/// <see cref="Password"/>, or none of them, for anonymous requests. Anything else is refused when the application starts.
/// </summary>
public sealed class ConnectClientOptions
{
    /// <summary>The API's address, <c>http</c> or <c>https</c>, with a path where a proxy puts one before it. Required.</summary>
    public Uri? Address { get; set; }

    /// <summary>A program's key, <c>ck_…</c>; with neither address nor password.</summary>
    public string? ApiKey { get; set; }

    /// <summary>The mail address of a person's account, which has no second factor; with a password.</summary>
    public string? Email { get; set; }

    /// <summary>The account's password, which is sent when the client signs in.</summary>
    public string? Password { get; set; }

    /// <summary>
    /// The most that a call may take until its answer begins, with all attempts and the pauses between them; by default 100 seconds,
    /// 1 second to 1 hour. The body of the answer is read after that, until the caller's token ends it.
    /// </summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(100);

    /// <summary>How often a call that is safe to repeat is repeated at most; by default 3, 0 to 10.</summary>
    public int MaxRetries { get; set; } = 3;
}
