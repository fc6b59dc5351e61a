using System.Text.Json.Nodes;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;

namespace XoBlazor.Tests.Operations;

public sealed class ArgumentCheckTests
{
    private static readonly Sr s_storage = new() { Ref = "OpaqueRef:sr", Uuid = "sr" };

    [Fact]
    public void UnknownParameter_IsRefusedWithThoseThereAre()
    {
        var error = Refused([OperationParameter.Text("name", "Name")], new() { ["host"] = "x" });

        Assert.Equal("test.op has no parameter 'host'. It takes: name.", error);
    }

    [Fact]
    public void MissingParameter_IsNamed() =>
        Assert.Equal("test.op needs the parameter 'name' (Name).", Refused([OperationParameter.Text("name", "Name") with { IsRequired = true }], []));

    [Theory]
    [InlineData("\"20 GiB\"", 21474836480)]
    [InlineData("\"1.5G\"", 1610612736)]
    [InlineData("\"2TB\"", 2000000000000)]
    [InlineData("1e9", 1000000000)]
    [InlineData("\"1048576\"", 1048576)]
    public void Size_IsReadAsPeopleAndScriptsWriteIt(string given, long bytes) =>
        Assert.Equal(bytes, Read([OperationParameter.Size("size", "Size")], Given("size", given)).Number("size"));

    [Theory]
    [InlineData("\"much\"")]
    [InlineData("\"99999999999 PiB\"")]
    [InlineData("-1")]
    [InlineData("0")]
    [InlineData("1.5")]
    [InlineData("true")]
    [InlineData("[1]")]
    public void Size_ThatIsNone_IsRefused(string given) =>
        Assert.Contains("is no value for 'size' of test.op (bytes", Refused([OperationParameter.Size("size", "Size")], Given("size", given)));

    [Theory]
    [InlineData("5")]
    [InlineData("0")]
    [InlineData("\"four\"")]
    [InlineData("1.2")]
    public void Number_OutOfItsRange_IsRefused(string given) =>
        Assert.Contains("(a whole number from 1 to 4)", Refused([OperationParameter.Number("cpus", "CPUs", 1, 4)], Given("cpus", given)));

    [Theory]
    [InlineData("true", true)]
    [InlineData("\"false\"", false)]
    public void Flag_MayBeAText(string given, bool expected) => Assert.Equal(expected, Read([OperationParameter.Flag("on", "On")], Given("on", given)).Flag("on"));

    [Fact]
    public void Null_MeansNothingGiven_UnlessItTakesAway()
    {
        var arguments = Read([OperationParameter.Text("a", "A"), OperationParameter.Text("b", "B") with { IsClearable = true }], new() { ["a"] = null, ["b"] = null });

        Assert.Equal((false, true, null), (arguments.Has("a"), arguments.Has("b"), arguments.Text("b")));
    }

    [Fact]
    public void NestedValues_AreReadAndNamedWithTheirPath()
    {
        var disks = OperationParameter.List("disks", "Disks", OperationParameter.Record("disk", "Disk",
            OperationParameter.Size("size", "Size") with { IsRequired = true }, OperationParameter.Object<Sr>("sr", "Storage", UseRights.Sr)));

        var arguments = Read([disks], Given("disks", """[{"size":"1GiB","sr":"sr"},{"size":5}]"""));

        Assert.Equal([1073741824, 5], arguments.List<OperationArguments>("disks").Select(disk => disk.Number("size")));
        Assert.Same(s_storage, arguments.List<OperationArguments>("disks")[0].Object<Sr>("sr"));
        Assert.Contains("'disks[1].size'", Refused([disks], Given("disks", """[{"size":1},{"sr":"sr"}]""")));
        Assert.Contains("no parameter 'disks[0].colour'", Refused([disks], Given("disks", """[{"size":1,"colour":"red"}]""")));
    }

    [Fact]
    public void Text_TooLongOrOfControlCharacters_IsRefused()
    {
        var text = OperationParameter.Text("name", "Name") with { MaxLength = 5 };

        Assert.Contains("longer than 5", Refused([text], new() { ["name"] = "sixsix" }));
        Assert.Contains("cannot be seen", Refused([text], new() { ["name"] = "a\0b" }));
        Assert.Contains("cannot be seen", Refused([text], new() { ["name"] = "a\nb" }));
        Assert.Equal("a\nb", Read([text with { HasLines = true }], new() { ["name"] = "a\nb" }).Text("name"));
    }

    [Fact]
    public void SecretThatDoesNotFit_IsNotRepeated() =>
        Assert.DoesNotContain("hunter2", Refused([OperationParameter.Number("pin", "PIN") with { IsSecret = true }], new() { ["pin"] = "hunter2" }));

    private static JsonObject Given(string name, string json) => new() { [name] = JsonNode.Parse(json) };

    private static OperationArguments Read(IReadOnlyList<OperationParameter> parameters, JsonObject given) =>
        new ArgumentCheck("test.op", (_, id) => id == s_storage.Uuid ? s_storage : throw new OperationRefusedException("no such object")).Read(parameters, given);

    private static string Refused(IReadOnlyList<OperationParameter> parameters, JsonObject given) =>
        Assert.Throws<OperationRefusedException>(() => Read(parameters, given)).Message;
}
