namespace Connect.Data.Audit;

/// <summary>
/// Metadata of a route: requests of administrators are audited, though its policy is not the one of administrators' calls.
/// </summary>
public sealed record AuditsAdministrators;
