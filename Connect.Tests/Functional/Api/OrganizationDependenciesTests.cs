using System.Text.Json;
using Connect.Data.Caching;
using Connect.Domain.Organizations;
using Connect.Tests.Distributed;
using Connect.Tests.Functional.Caching;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Connect.Tests.Functional.Api;

/// <summary>
/// A property of an organization evicts exactly where a cached value depends on it. All of them are computed from what
/// <see cref="Connect.Data.Organizations.OrganizationReader"/> reads: the members and the profile.
/// </summary>
public sealed class OrganizationDependenciesTests(RunningApplication application)
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Property_evicts_exactly_where_cached_values_depend_on_it()
    {
        await using var database = await TestDatabase.CreateAsync(application);
        await using var instance = await TestInstance.StartAsync(application, database.ConnectionString);
        await using var context = database.CreateContext();
        List<string> depended = [];
        List<string> evicting = [];

        // The key never changes, and the row version is Postgres' own.
        var properties = context.Model.FindEntityType(typeof(Organization))!.GetProperties()
            .Where(property => !property.IsPrimaryKey() && !property.IsConcurrencyToken).ToList();
        foreach (var property in properties)
        {
            var id = await AddAsync(database);
            var before = await ReadAsync(instance, id);

            if (await ChangeAsync(database, instance, id, property))
            {
                evicting.Add(property.Name);
            }

            await instance.EvictAsync(ConnectTags.Organization(id));
            if (await ReadAsync(instance, id) != before)
            {
                depended.Add(property.Name);
            }
        }

        // An organization that ends is read no more, and its values go with it.
        string[] ending = [nameof(Organization.Status), nameof(Organization.DeactivatedAt)];
        Assert.Equal(depended, evicting.Except(ending));
        Assert.Equal(14, depended.Count);
        Assert.Contains(nameof(Organization.Status), evicting);
        Assert.Contains(nameof(Organization.TechnologyReadinessLevel), evicting);
        string[] free =
        [
            nameof(Organization.BusinessNumberHash), nameof(Organization.PrimaryContactName), nameof(Organization.Address),
            nameof(Organization.Website), nameof(Organization.Description),
        ];
        Assert.Empty(evicting.Intersect(free));
    }

    private static async Task<Guid> AddAsync(TestDatabase database)
    {
        var organization = new Organization { Name = "시험 회사", BusinessNumberEncrypted = "", BusinessNumberHash = $"{Guid.NewGuid():N}" };
        await using var context = database.CreateContext();
        context.Organizations.Add(organization);
        await context.SaveChangesAsync(CancellationToken);
        return organization.Id;
    }

    private static async Task<string> ReadAsync(TestInstance instance, Guid id) =>
        JsonSerializer.Serialize(await instance.Organizations.GetProfileAsync(id, CancellationToken));

    // Whether the change evicted the organization.
    private static async Task<bool> ChangeAsync(TestDatabase database, TestInstance instance, Guid id, IProperty property)
    {
        await using var log = database.CreateContext();
        var evictions = await log.CacheEvictions.CountAsync(CancellationToken);
        await instance.Transaction.ExecuteAsync(
            async (context, token) =>
            {
                var value = context.Entry(await context.Organizations.SingleAsync(organization => organization.Id == id, token)).Property(property.Name);
                value.CurrentValue = AnotherThan(value.CurrentValue, property.ClrType);
            },
            CancellationToken);
        return await log.CacheEvictions.CountAsync(CancellationToken) > evictions;
    }

    private static object AnotherThan(object? value, Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var text when text == typeof(string) => value + "x",
        var flag when flag == typeof(bool) => !(bool)value!,
        var number when number == typeof(int) => (value as int? ?? 0) + 1,
        var day when day == typeof(DateOnly) => new DateOnly(2019, 4, 15),
        var moment when moment == typeof(DateTimeOffset) => (value as DateTimeOffset? ?? DateTimeOffset.UnixEpoch).AddSeconds(1),
        { IsEnum: true } values => Enum.GetValues(values).Cast<object>().First(candidate => !candidate.Equals(value)),
        var list when list == typeof(List<string>) => new List<string> { "인공지능" },
        var list when list == typeof(List<Region>) => new List<Region> { Region.Seoul },
        var list when list == typeof(List<Sector>) => new List<Sector> { Sector.Defense },
        var other => throw new NotSupportedException($"How a {other} changes is not told."),
    };
}
