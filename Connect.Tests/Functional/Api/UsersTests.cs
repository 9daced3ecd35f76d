using Connect.Api.Identity;
using Connect.Data.Model;
using Connect.Tests.Distributed;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Connect.Tests.Functional.Api;

public sealed class UsersTests(RunningApplication application)
{
    [Fact]
    public async Task Key_of_a_second_factor_that_was_not_stored_is_never_shown()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var services = new ServiceCollection().AddLogging()
            .AddDbContext<ConnectDbContext>(options => options.UseNpgsql(database.ConnectionString).UseSnakeCaseNamingConvention())
            .AddIdentityCore<User>().AddUserManager<Users>().AddEntityFrameworkStores<ConnectDbContext>().Services
            .BuildServiceProvider();
        await using var first = services.CreateAsyncScope();
        await using var second = services.CreateAsyncScope();
        var (winner, loser) = (first.ServiceProvider.GetRequiredService<UserManager<User>>(), second.ServiceProvider.GetRequiredService<UserManager<User>>());
        var user = new User { Id = Guid.CreateVersion7(), UserName = "a@example.com", Email = "a@example.com" };
        Assert.True((await winner.CreateAsync(user)).Succeeded);
        var same = (await loser.FindByIdAsync(user.Id.ToString()))!;

        Assert.True((await winner.ResetAuthenticatorKeyAsync(user)).Succeeded);

        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => loser.ResetAuthenticatorKeyAsync(same));
    }
}
