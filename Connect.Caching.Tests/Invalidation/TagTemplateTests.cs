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

    private static string TextOf(Expression<Func<Product, string>> tag) => TagTemplate.Of(tag).ToString();
}
