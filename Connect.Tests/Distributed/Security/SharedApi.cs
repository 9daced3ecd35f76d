using Connect.Data.Model;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Connect.Tests.Distributed.Security;

/// <summary>One hosted API on a database of its own, for all tests of a class: each makes its own data, and changes nothing else.</summary>
public sealed class SharedApi(RunningApplication application) : IAsyncLifetime
{
    internal ApiInstances Instances { get; private set; } = null!;

    internal ApiHost Api { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Instances = await ApiInstances.CreateAsync(application);
        Api = await Instances.HostAsync();
    }

    public ValueTask DisposeAsync() => Instances.DisposeAsync();

    /// <summary>A new administrator, whose password is <see cref="RunningApplication.AdminPassword"/>.</summary>
    internal async Task<User> AddAdministratorAsync()
    {
        await using var scope = Api.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<User>>();
        var email = $"{Guid.NewGuid():N}@example.com";
        var administrator = new User { Id = Guid.CreateVersion7(), UserName = email, Email = email, EmailConfirmed = true };
        Assert.True((await users.CreateAsync(administrator, RunningApplication.AdminPassword)).Succeeded);
        Assert.True((await users.AddToRoleAsync(administrator, User.AdminRole)).Succeeded);
        return administrator;
    }
}

/// <summary>As <see cref="SharedApi"/>, with a mail server in its configuration: mails are written, and none is sent.</summary>
public sealed class SharedSite(RunningApplication application) : IAsyncLifetime
{
    internal AttackedSite Site { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Site = await AttackedSite.HostAsync(application, instances: 1);

    public ValueTask DisposeAsync() => Site.DisposeAsync();
}
