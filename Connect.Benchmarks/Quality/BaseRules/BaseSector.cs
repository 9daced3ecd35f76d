namespace Connect.Benchmarks.Quality.BaseRules;

/// <summary>The nine sectors of the first platform, in the order of its look-up.</summary>
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
