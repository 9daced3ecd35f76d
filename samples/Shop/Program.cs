using Connect.Caching;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Hybrid;

var builder = WebApplication.CreateBuilder(args);
var shop = builder.Configuration.GetConnectionString("shop") ?? "Host=localhost;Database=shop;Username=postgres;Password=postgres";
builder.Services.AddPooledDbContextFactory<ShopDb>(options => options.UseNpgsql(shop).UseCacheInvalidation());
if (builder.Configuration.GetConnectionString("redis") is { } redis)
{
    builder.Services.AddStackExchangeRedisCache(options => options.Configuration = redis);
}

builder.Services.AddGenerationalCache<ShopDb>(cache => cache.ConnectTo(shop).AddLayer<Product>(
    "product", redis: TimeSpan.FromHours(1), memory: TimeSpan.FromMinutes(10), notFoundFor: TimeSpan.FromSeconds(30)));

var app = builder.Build();
await using (var scope = app.Services.CreateAsyncScope())
{
    await scope.ServiceProvider.GetRequiredService<ShopDb>().Database.EnsureCreatedAsync();
}

app.MapGet("/products/{id:int}", async (int id, HybridCache cache, IDbContextFactory<ShopDb> contexts, CancellationToken cancellationToken) =>
    await cache.GetOrCreateAsync(
        $"product:{id}", (id, contexts), LoadAsync, tags: [$"product:{id}"], cancellationToken: cancellationToken) is { } product
            ? Results.Ok(product)
            : Results.NotFound());

app.MapPut("/products/{id:int}", async (int id, Product product, CacheTransaction<ShopDb> transaction, CancellationToken cancellationToken) =>
    await transaction.ExecuteAsync(
        async (db, token) =>
        {
            var stored = await db.Products.FindAsync([id], token) ?? db.Add(new Product { Id = id }).Entity;
            (stored.Name, stored.Price) = (product.Name, product.Price);
        },
        cancellationToken));

app.Run();

static async ValueTask<Product?> LoadAsync((int Id, IDbContextFactory<ShopDb> Contexts) state, CancellationToken cancellationToken)
{
    await using var db = await state.Contexts.CreateDbContextAsync(cancellationToken);
    return await db.Products.AsNoTracking().SingleOrDefaultAsync(product => product.Id == state.Id, cancellationToken);
}

internal sealed class Product
{
    public int Id { get; init; }

    public string Name { get; set; } = "";

    public decimal Price { get; set; }
}

internal sealed class ShopDb(DbContextOptions<ShopDb> options) : DbContext(options)
{
    public DbSet<Product> Products => Set<Product>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddCacheTables();
        modelBuilder.Entity<Product>().Property(product => product.Id).ValueGeneratedNever();
        modelBuilder.Entity<Product>().InvalidatesTag(product => $"product:{product.Id}");
    }
}
