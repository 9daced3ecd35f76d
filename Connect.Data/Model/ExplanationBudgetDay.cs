namespace Connect.Data.Model;

/// <summary>What one day in Seoul has cost: what was used, and what running calls have reserved.</summary>
public sealed class ExplanationBudgetDay
{
    /// <summary>The day in Asia/Seoul.</summary>
    public DateOnly Day { get; set; }

    /// <summary>Input and output tokens.</summary>
    public long Tokens { get; set; }

    /// <summary>In millionths of a KRW.</summary>
    public long CostMicroKrw { get; set; }
}
