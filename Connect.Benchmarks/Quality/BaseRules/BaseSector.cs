namespace Connect.Benchmarks.Quality.BaseRules;

/// <summary>The nine sectors of the first platform, in the order in which its look-up walked them.</summary>
internal enum BaseSector
{
    Ict,
    Manufacturing,
    BioHealth,
    Energy,
    Environment,
    Agriculture,
    Marine,
    Construction,
    Transportation,
}
