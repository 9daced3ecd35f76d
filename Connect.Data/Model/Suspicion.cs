namespace Connect.Data.Model;

/// <summary>Why a run is suspicious.</summary>
public enum Suspicion
{
    /// <summary>The board lists nothing, and listed something before.</summary>
    NothingListed,

    /// <summary>The board's pages are no longer of the known layout.</summary>
    LayoutLost,

    /// <summary>Most rows could not be read.</summary>
    MostUnreadable,

    /// <summary>Most open programs would be gone.</summary>
    MostVanished,
}
