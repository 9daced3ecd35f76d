namespace Connect.Domain.Matching;

/// <summary>Stable codes of reasons. A code is never renamed: stored matches carry it. Details are given in brackets.</summary>
public static class MatchReasonCodes
{
    /// <summary>Keywords of the organization occur in the program [each keyword].</summary>
    public const string ExactKeywordMatch = "EXACT_KEYWORD_MATCH";

    /// <summary>The program is of the organization's sector [sector label].</summary>
    public const string SectorMatch = "SECTOR_MATCH";

    /// <summary>The program states no sector; its ministry works in the organization's [sector label, ministry].</summary>
    public const string SectorByMinistry = "SECTOR_BY_MINISTRY";

    /// <summary>Words of the organization's sector in the program [each word].</summary>
    public const string SectorKeywordMatch = "SECTOR_KEYWORD_MATCH";

    /// <summary>The program is of a related sector and shares keywords [program's sector labels, then each keyword].</summary>
    public const string CrossIndustryKeyword = "CROSS_INDUSTRY_KEYWORD";

    /// <summary>Key technologies of an institute occur in the program [each technology].</summary>
    public const string TechnologyKeywordMatch = "TECHNOLOGY_KEYWORD_MATCH";

    /// <summary>The level is inside the range that the program states [level, low, high].</summary>
    public const string TrlPerfectMatch = "TRL_PERFECT_MATCH";

    /// <summary>The level is inside the range that was inferred from the program's goal [level, low, high].</summary>
    public const string TrlInferredMatch = "TRL_INFERRED_MATCH";

    /// <summary>One level below the inferred range [level, low, high].</summary>
    public const string TrlTooLowClose = "TRL_TOO_LOW_CLOSE";

    /// <summary>Two levels below the inferred range [level, low, high].</summary>
    public const string TrlTooLowModerate = "TRL_TOO_LOW_MODERATE";

    /// <summary>One level above the inferred range [level, low, high].</summary>
    public const string TrlTooHighClose = "TRL_TOO_HIGH_CLOSE";

    /// <summary>Two levels above the inferred range [level, low, high].</summary>
    public const string TrlTooHighModerate = "TRL_TOO_HIGH_MODERATE";

    /// <summary>The organization has not given a level [].</summary>
    public const string TrlNotProvided = "TRL_NOT_PROVIDED";

    /// <summary>The program asks for no level [].</summary>
    public const string TrlNoRequirement = "TRL_NO_REQUIREMENT";

    /// <summary>The program names the organization's type [].</summary>
    public const string TypeMatch = "TYPE_MATCH";

    /// <summary>The program names no type [].</summary>
    public const string TypeNoRestriction = "TYPE_NO_RESTRICTION";

    /// <summary>The organization has a site where the program is for [labels of the program's provinces].</summary>
    public const string RegionMatch = "REGION_MATCH";

    /// <summary>The program is for some provinces, and the organization has not said where it is [labels of the provinces].</summary>
    public const string RegionUnchecked = "REGION_UNCHECKED";

    /// <summary>The program is for companies up to a size, and the company has not given its own [largest scale].</summary>
    public const string ScaleUnchecked = "SCALE_UNCHECKED";

    /// <summary>The program is for companies under an age, and the company has not given its own [years].</summary>
    public const string AgeUnchecked = "AGE_UNCHECKED";

    /// <summary>The organization has carried out R&amp;D projects [].</summary>
    public const string RndExperience = "RND_EXPERIENCE";

    /// <summary>The organization has carried out joint projects [count].</summary>
    public const string Collaboration = "COLLABORATION";

    /// <summary>The deadline is known; the days left are counted for each answer [Seoul day, yyyy-MM-dd].</summary>
    public const string DeadlineSet = "DEADLINE_SET";

    /// <summary>No deadline has been announced [].</summary>
    public const string DeadlineUnknown = "DEADLINE_UNKNOWN";

    /// <summary>No budget has been announced [].</summary>
    public const string BudgetUnknown = "BUDGET_UNKNOWN";
}
