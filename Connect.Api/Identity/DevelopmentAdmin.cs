using Connect.Data.Model;
using Microsoft.AspNetCore.Identity;

namespace Connect.Api.Identity;

/// <summary>
/// Creates the configured administrator (<c>Admin:Email</c>, <c>Admin:Password</c>), in Development only.
/// </summary>
internal sealed partial class DevelopmentAdmin(
    UserManager<User> users, RoleManager<IdentityRole<Guid>> roles, IConfiguration configuration, IHostEnvironment environment,
    ILogger<DevelopmentAdmin> logger)
{
    /// <summary>Creates role and administrator where they are missing. The caller ensures that one replica does it at a time.</summary>
    public async Task EnsureAsync()
    {
        if (!await roles.RoleExistsAsync(User.AdminRole))
        {
            Check(await roles.CreateAsync(new IdentityRole<Guid>(User.AdminRole) { Id = Guid.CreateVersion7() }));
        }

        var (email, password) = (configuration["Admin:Email"], configuration["Admin:Password"]);
        if (!environment.IsDevelopment() || string.IsNullOrEmpty(email) || string.IsNullOrEmpty(password)
            || await users.FindByEmailAsync(email) is not null)
        {
            return;
        }

        var admin = new User { Id = Guid.CreateVersion7(), UserName = email, Email = email, EmailConfirmed = true };
        Check(await users.CreateAsync(admin, password));
        Check(await users.AddToRoleAsync(admin, User.AdminRole));
        Log.Created(logger);
    }

    private static void Check(IdentityResult result)
    {
        if (!result.Succeeded)
        {
            throw new InvalidOperationException(
                $"The administrator could not be created: {string.Join(' ', result.Errors.Select(error => error.Description))}");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Created the administrator of the development environment")]
        public static partial void Created(ILogger logger);
    }
}
