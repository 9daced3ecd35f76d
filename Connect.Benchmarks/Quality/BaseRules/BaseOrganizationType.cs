namespace Connect.Benchmarks.Quality.BaseRules;

/// <summary>The two kinds of organization that the base rules know.</summary>
internal enum BaseOrganizationType
{
    Company,
    Institute,
}
