using System.Collections.Immutable;
using System.ComponentModel;

namespace Connect.Domain.Organizations;

/// <summary>
/// The part of an organization that matching needs: without contact data and business number, because it is cached.
/// </summary>
/// <param name="Id">The organization's id.</param>
/// <param name="Type">Company or research institute.</param>
/// <param name="Sector">Its sector; null where it has none or has not said.</param>
/// <param name="Trl">Technology readiness level today, 1 to 9; null where unknown.</param>
/// <param name="TargetTrl">The level that it wants to research, 1 to 9; matching uses it before <paramref name="Trl"/>.</param>
/// <param name="RdExperience">Whether it has carried out R&amp;D projects.</param>
/// <param name="CollaborationCount">Number of joint projects so far.</param>
/// <param name="ResearchFocusAreas">Free keywords, as entered.</param>
/// <param name="KeyTechnologies">Free keywords, as entered.</param>
/// <param name="Structure">Legal form; null where unknown.</param>
/// <param name="Scale">Size of a company; null where unknown.</param>
/// <param name="EstablishedOn">Day on which the business was founded; null where unknown.</param>
/// <param name="Regions">Provinces in which it has a site; empty where unknown.</param>
/// <param name="ExcludedSectors">Sectors of which it never wants programs.</param>
/// <param name="ProfileCompleted">Whether the profile is complete enough to be matched.</param>
[ImmutableObject(true)]
public sealed record OrganizationProfile(
    Guid Id,
    OrganizationType Type,
    Sector? Sector,
    int? Trl,
    int? TargetTrl,
    bool RdExperience,
    int CollaborationCount,
    ImmutableArray<string> ResearchFocusAreas,
    ImmutableArray<string> KeyTechnologies,
    BusinessStructure? Structure,
    CompanyScale? Scale,
    DateOnly? EstablishedOn,
    ImmutableArray<Region> Regions,
    ImmutableArray<Sector> ExcludedSectors,
    bool ProfileCompleted);
