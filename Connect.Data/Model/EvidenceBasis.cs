namespace Connect.Data.Model;

/// <summary>What a board's layout was last held against.</summary>
public enum EvidenceBasis
{
    /// <summary>Only a description of its pages.</summary>
    Description,

    /// <summary>A saved page of the real board.</summary>
    SavedPage,
}
