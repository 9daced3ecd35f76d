namespace Connect.Data.Model;

/// <summary>The model's use of one day in Seoul, including the reservations of running calls.</summary>
public sealed class ExplanationBudgetDay
{
    /// <summary>The day in Asia/Seoul.</summary>
    public DateOnly Day { get; set; }

    /// <summary>Input and output tokens.</summary>
    public long Tokens { get; set; }

    /// <summary>In millionths of a KRW.</summary>
    public long CostMicroKrw { get; set; }
}
