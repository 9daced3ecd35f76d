using Microsoft.EntityFrameworkCore.Design;

namespace Connect.Data.Model;

/// <summary>Lets <c>dotnet ef migrations add</c> build the model; it never connects.</summary>
internal sealed class DesignTimeContextFactory : IDesignTimeDbContextFactory<ConnectDbContext>
{
    public ConnectDbContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<ConnectDbContext>().UseNpgsql("Host=localhost;Database=connectdb");
        ConnectDbContext.Configure(options);
        return new ConnectDbContext(options.Options);
    }
}
