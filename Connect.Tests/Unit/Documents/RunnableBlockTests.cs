namespace Connect.Tests.Unit.Documents;

public sealed class RunnableBlockTests
{
    private const string Page = """
        # Page

        ```bash
        echo one
        echo two
        ```

        ```
        one
        two
        ```

        ## Section

        ```bash
        # ## no heading
        true
        ```

        Words.

        ```
        no output of the block above: words are between them
        ```

        ```json
        { }
        ```

        ## Next

        ```bash
        false
        ```
        """;

    [Fact]
    public void Blocks_are_read_in_order_with_the_output_that_follows_directly() =>
        Assert.Equal(
            [new RunnableBlock(4, "echo one\necho two", "one\ntwo"), new RunnableBlock(16, "# ## no heading\ntrue", null), new RunnableBlock(33, "false", null)],
            RunnableBlock.Read(Page));

    [Fact]
    public void Section_ends_at_the_next_heading() =>
        Assert.Equal(["# ## no heading\ntrue"], RunnableBlock.Read(Page, "## Section").Select(block => block.Command));
}
