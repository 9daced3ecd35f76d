using Microsoft.EntityFrameworkCore;

namespace Connect.Caching.Tests.Instances;

/// <summary>An entity whose changes evict tags of its own and of its category.</summary>
public sealed class Product
{
    public int Id { get; set; }

    public string Name { get; set; } = "";

    public int CategoryId { get; set; }

    public Price Price { get; set; } = new();
}

/// <summary>A part of a product.</summary>
public sealed class Price
{
    public decimal Amount { get; set; }
}

/// <summary>An entity with properties that nothing cached depends on.</summary>
public sealed class Shelf
{
    public int Id { get; set; }

    public string Name { get; set; } = "";

    public string? Note { get; set; }

    public List<string> Labels { get; set; } = [];

    public uint Version { get; set; }
}

/// <summary>An entity that nothing is declared of.</summary>
public sealed class Visit
{
    public int Id { get; set; }
}

/// <summary>Somebody else's model.</summary>
public sealed class ShopDb(DbContextOptions<ShopDb> options) : DbContext(options)
{
    public DbSet<Product> Products => Set<Product>();

    public DbSet<Shelf> Shelves => Set<Shelf>();

    public DbSet<Visit> Visits => Set<Visit>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddCacheTables();
        modelBuilder.Entity<Product>(product =>
        {
            product.OwnsOne(p => p.Price, price => price.ToTable("prices"));
            product.InvalidatesTag(p => $"product:{p.Id}");
            product.InvalidatesTag(p => "category:" + p.CategoryId);
        });
        modelBuilder.Entity<Shelf>(shelf =>
        {
            shelf.Property(s => s.Version).IsRowVersion();
            shelf.InvalidatesTag(s => $"shelf:{s.Id}", exceptFor: s => new { s.Note, s.Labels });
        });
    }
}
