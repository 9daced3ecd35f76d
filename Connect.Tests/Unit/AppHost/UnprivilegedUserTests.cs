using Connect.AppHost.Servers.Postgres;

namespace Connect.Tests.Unit.AppHost;

public sealed class UnprivilegedUserTests
{
    [Fact]
    public void Postgres_is_preferred_when_both_users_exist() =>
        Assert.Equal(
            new UnprivilegedUser("postgres", "101", "104"),
            UnprivilegedUser.Find(["root:x:0:0::/:/bin/sh", "nobody:x:65534:65534::/:/bin/false", "postgres:x:101:104::/var/lib/postgresql:/bin/bash"]));

    [Fact]
    public void Nobody_is_taken_when_there_is_no_postgres() =>
        Assert.Equal("nobody", UnprivilegedUser.Find(["nobody:x:65534:65534::/:/bin/false"])?.Name);

    [Fact]
    public void No_user_is_found_when_neither_exists() => Assert.Null(UnprivilegedUser.Find(["root:x:0:0::/:/bin/sh"]));
}
