using System.Linq.Expressions;
using Connect.Caching.Invalidation;
using Connect.Caching.Tests.Instances;

namespace Connect.Caching.Tests.Invalidation;

/// <summary>How the expression of a declared tag becomes text.</summary>
public sealed class TagTemplateTests
{
    private const string Constant = "shop";

    [Fact]
    public void Constants_and_properties_are_read_in_every_notation()
    {
        Assert.Equal("product:{Id}", TextOf(p => $"product:{p.Id}"));
        Assert.Equal("product:{Id}:{CategoryId}", TextOf(p => $"product:{p.Id}:{p.CategoryId}"));
        Assert.Equal("product:{Id}", TextOf(p => "product:" + p.Id));
        Assert.Equal("product:{Name}", TextOf(p => string.Concat("product:", p.Name.ToString())));
        Assert.Equal("{Name}", TextOf(p => p.Name));
        Assert.Equal("shop", TextOf(p => Constant));
        Assert.Equal("shop:{Id}:{Name}:{CategoryId}:x", TextOf(p => $"{Constant}:{p.Id}:{p.Name}:{p.CategoryId}:x"));
    }

    [Fact]
    public void Braces_of_the_text_are_no_properties()
    {
        var text = TextOf(p => $"{{a}}:{p.Id}");

        Assert.Equal("{{a}}:{Id}", text);
        Assert.Equal(text, TagTemplate.Parse(text).ToString());
    }

    [Fact]
    public void What_only_code_can_compute_is_refused()
    {
        Assert.Throws<ArgumentException>(() => TextOf(p => p.Name.Trim()));
        Assert.Throws<ArgumentException>(() => TextOf(p => $"product:{p.Id:x}"));
        Assert.Throws<ArgumentException>(() => TextOf(p => $"product:{p.Price.Amount}"));
    }

    [Fact]
    public void Exceptions_are_kept_in_the_text_and_are_no_part_of_the_tag()
    {
        var text = TextOf(p => $"product:{p.Id}", p => new { p.Name, p.CategoryId });

        Assert.Equal("product:{Id}{-Name}{-CategoryId}", text);
        Assert.Equal(text, TagTemplate.Parse(text).ToString());
        Assert.Equal(["Name", "CategoryId"], TagTemplate.Parse(text).Exceptions);
        Assert.Equal("product:{Id}{-Name}", TextOf(p => $"product:{p.Id}", p => p.Name));
        Assert.Equal("product:{Id}{-CategoryId}", TextOf(p => $"product:{p.Id}", p => p.CategoryId));
        Assert.Equal("{{-Name}}{-Name}", TextOf(p => "{-Name}", p => p.Name));
        Assert.Empty(TagTemplate.Parse("{{-Name}}").Exceptions);
    }

    [Fact]
    public void Exceptions_that_are_no_properties_are_refused()
    {
        Assert.Throws<ArgumentException>(() => TextOf(p => "t", p => p.Name.Length));
        Assert.Throws<ArgumentException>(() => TextOf(p => "t", p => new { p.Price.Amount }));
        Assert.Throws<ArgumentException>(() => TextOf(p => "t", p => new { Name = p.Name + "x" }));
        Assert.Throws<ArgumentException>(() => TextOf(p => "t", p => "Name"));
        Assert.Throws<ArgumentException>(() => TextOf(p => "t", p => p));
    }

    private static string TextOf(Expression<Func<Product, string>> tag, Expression<Func<Product, object?>>? exceptFor = null) =>
        TagTemplate.Of(tag, exceptFor).ToString();
}
