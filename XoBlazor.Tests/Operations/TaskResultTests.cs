using XoBlazor.Core.Operations;

namespace XoBlazor.Tests.Operations;

/// <summary>What a task says was its result.</summary>
public sealed class TaskResultTests
{
    [Fact]
    public void TextLists_OfListsInALists_AreRead()
    {
        var lists = TaskResult.TextLists("<value><array><data><value><array><data><value>CODE</value><value><string>a &lt; b</string></value></data></array></value><value><array><data></data></array></value></data></array></value>");

        Assert.Equal([["CODE", "a < b"], []], lists);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<value>OpaqueRef:1</value>")]
    [InlineData("<value><array><data/></array></value>")]
    [InlineData("<value><array>")]
    [InlineData("""<!DOCTYPE v [<!ENTITY e "x">]><value><array><data><value><array><data><value>&e;</value></data></array></value></data></array></value>""")]
    public void TextLists_OfSomethingElse_AreNone(string result) => Assert.Empty(TaskResult.TextLists(result));
}
