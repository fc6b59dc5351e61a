using XoBlazor.App.Components.Lists;

namespace XoBlazor.Tests.Components.Lists;

public sealed class ListQueryTests
{
    [Theory]
    [InlineData("https://xo/vms")]
    [InlineData("https://xo/vms?q=power_state%3Arunning%20web")]
    [InlineData("https://xo/vms?q=a%26b%3Dc%23d&sort=-memory,name&cols=name,host:220&sel=1,2")]
    [InlineData("https://xo/vms?at=2026-11-22T10:00:00Z&q=ä%20%22x%22")]
    public void Query_WrittenAndParsed_IsTheSame(string address)
    {
        var query = ListQuery.Parse(address);

        var written = query.Write(address);

        Assert.Equal(query, ListQuery.Parse(written));
        Assert.Equal(written, query.Write(written));
    }

    [Fact]
    public void Query_OfAnAddress_HasItsChoices()
    {
        var query = ListQuery.Parse("https://xo/vms?q=a%26b&sort=-memory,name&cols=name,host:220,x:9&sel=u1,u2#top");

        Assert.Equal("a&b", query.Filter);
        Assert.Equal([new Order("memory", Descending: true), new Order("name")], query.Order);
        Assert.Equal([new ShownColumn("name"), new ShownColumn("host", 220), new ShownColumn("x", 40)], query.Columns);
        Assert.Equal(["u1", "u2"], query.Selected);
    }

    [Theory]
    [InlineData("https://xo/vms?sort=-,,--&cols=:,,&sel=,")]
    [InlineData("https://xo/vms?sort&cols&q")]
    [InlineData("https://xo/vms?%FF=%FF&sort=%00")]
    public void Query_OfNonsense_IsLeftOut(string address)
    {
        var query = ListQuery.Parse(address);

        Assert.Empty(query.Selected);
        Assert.Equal("", query.Filter);
    }

    [Fact]
    public void Query_Written_KeepsWhatIsNotItsOwn()
    {
        var written = new ListQuery { Filter = "web" }.Write("https://xo/vms?at=12&q=old&sort=name");

        Assert.Equal("https://xo/vms?at=12&q=web", written);
    }
}
