namespace Connect.Domain.Organizations;

/// <summary>Industry sectors of the taxonomy. "General" is the absence of a sector, not a member.</summary>
public enum Sector
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
    Defense,
    Culture,
    SpaceNuclearBasic,
}
