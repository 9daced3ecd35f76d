namespace Connect.Api.Organizations;

/// <summary>Registers services of organizations.</summary>
internal static class OrganizationsRegistration
{
    public static void AddOrganizations(this IServiceCollection services)
    {
        services.AddSingleton<BusinessNumbers>();
    }
}
