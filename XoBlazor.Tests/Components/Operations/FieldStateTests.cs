using System.Text.Json.Nodes;
using XoBlazor.App.Components.Operations.Forms;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;

namespace XoBlazor.Tests.Components.Operations;

public sealed class FieldStateTests
{
    private static readonly OperationParameter s_disk = OperationParameter.Record("disk", "Disk",
        OperationParameter.Size("size", "Size") with { IsRequired = true }, OperationParameter.Text("name", "Name"), OperationParameter.Object<Sr>("sr", "Storage", UseRights.Sr));

    [Fact]
    public void Read_GivesWhatWasChangedAndWhatMustBeGiven()
    {
        var (name, text, same) = (Field(OperationParameter.Text("name", "Name") with { IsRequired = true }, "web"), Field(OperationParameter.Text("text", "Text"), "old"), Field(OperationParameter.Number("cpus", "CPUs"), 4));

        text.Text = "new";

        Assert.Equal("""{"name":"web","text":"new"}""", FieldState.Read([name, text, same]).ToJsonString());
    }

    [Fact]
    public void Read_OfWhatWasEmptied_TakesItAway()
    {
        var (weight, note, host) = (
            Field(OperationParameter.Number("weight", "Weight") with { IsClearable = true }, 256), Field(OperationParameter.Text("note", "Note"), "x"), Field(OperationParameter.Number("order", "Order"), 1));

        (weight.Text, note.Text, host.Text) = ("", "", "");

        Assert.Equal("""{"weight":null,"note":""}""", FieldState.Read([weight, note, host]).ToJsonString());
    }

    [Theory]
    [InlineData(8L << 30, "8", "GiB")]
    [InlineData(1536L << 20, "1536", "MiB")]
    [InlineData(2L << 40, "2", "TiB")]
    [InlineData((1L << 30) + (1L << 19), "1024.5", "MiB")]
    public void Size_IsShownInTheLargestUnitThatLosesNothing(long bytes, string text, string unit)
    {
        var field = Field(OperationParameter.Size("size", "Size") with { IsRequired = true }, bytes);

        Assert.Equal((text, unit, false, bytes), (field.Text, field.Unit, field.IsChanged, FieldState.Read([field])["size"]!.GetValue<long>()));
    }

    [Fact]
    public void List_OfRecords_HoldsWhatWasFilledIn()
    {
        var disks = Field(OperationParameter.List("disks", "Disks", s_disk), null);

        disks.Add();
        Assert.Equal("Size is needed", disks.Problem);
        disks.Parts[0].Parts[0].Text = "20";
        disks.Parts[0].Parts[2].Text = "sr-uuid";

        Assert.Null(disks.Problem);
        Assert.Equal("""{"disks":[{"size":21474836480,"sr":"sr-uuid"}]}""", FieldState.Read([disks]).ToJsonString());
    }

    [Fact]
    public void Record_LeftEmpty_AsksForNothing()
    {
        var installation = Field(OperationParameter.Record("installation", "Install from", OperationParameter.Choice("method", "From", "cdrom", "network") with { IsRequired = true }), null);

        Assert.Null(installation.Problem);
        Assert.Equal("{}", FieldState.Read([installation]).ToJsonString());
    }

    [Fact]
    public void Map_KeepsItsNames()
    {
        var disks = Field(OperationParameter.Map("existing", "Disks", s_disk), JsonNode.Parse("""{"0":{"size":1073741824,"name":"root"}}"""));
        Assert.False(disks.IsChanged);

        disks.Parts[0].Parts[0].Text = "2";

        Assert.Equal("""{"existing":{"0":{"size":2147483648}}}""", FieldState.Read([disks]).ToJsonString());
    }

    [Theory]
    [InlineData("four")]
    [InlineData("1.5")]
    public void Number_ThatIsNone_IsAProblem(string typed)
    {
        var field = Field(OperationParameter.Number("cpus", "CPUs"), null);

        field.Text = typed;

        Assert.Equal("CPUs is a whole number", field.Problem);
    }

    private static FieldState Field(OperationParameter parameter, JsonNode? initial) => new(parameter, initial);
}
