namespace Connect.Benchmarks.Freshness;

/// <summary>An organization that is read and changed.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Token">A member's token.</param>
internal sealed record CheckedOrganization(Guid Id, string Token);
