namespace Connect.Benchmarks.Quality.BaseRules;

/// <summary>The five parts of a base score. They are whole numbers and their maxima add up to 100: nothing to round or to cap.</summary>
internal readonly record struct BaseBreakdown(int Industry, int Trl, int Type, int Rnd, int Deadline)
{
    public int Total => Industry + Trl + Type + Rnd + Deadline;
}
