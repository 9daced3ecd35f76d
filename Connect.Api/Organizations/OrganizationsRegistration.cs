namespace Connect.Api.Organizations;

/// <summary>Registers what organizations need.</summary>
internal static class OrganizationsRegistration
{
    public static void AddOrganizations(this IServiceCollection services)
    {
        services.AddSingleton<BusinessNumbers>();
        services.AddSingleton<Ownership>();
    }
}
