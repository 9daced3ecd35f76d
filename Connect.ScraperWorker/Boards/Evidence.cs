using Connect.Data.Model;

namespace Connect.ScraperWorker.Boards;

/// <summary>On what evidence a board's layout is believed to work, under <c>Sources:{agency}:Evidence</c>; shown to administrators.</summary>
internal sealed class Evidence
{
    /// <summary>What the list was last held against; null where it is not known.</summary>
    public EvidenceBasis? List { get; set; }

    /// <summary>What the detail page was last held against; null where it is not known.</summary>
    public EvidenceBasis? Detail { get; set; }

    /// <summary>The month of that, as <c>2026-08</c>.</summary>
    public string Seen { get; set; } = string.Empty;
}
