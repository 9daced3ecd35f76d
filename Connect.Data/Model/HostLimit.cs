namespace Connect.Data.Model;

/// <summary>When workers may send the next request to a host.</summary>
public sealed class HostLimit
{
    /// <summary>Host and port in lower case, such as <c>www.ntis.go.kr:443</c>.</summary>
    public required string Host { get; set; }

    /// <summary>The first moment that no request has reserved, by the database's clock.</summary>
    public DateTimeOffset NextRequestAt { get; set; }
}
