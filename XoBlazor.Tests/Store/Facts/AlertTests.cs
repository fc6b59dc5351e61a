using XoBlazor.Core.Model;
using XoBlazor.Core.Store.Facts;

namespace XoBlazor.Tests.Store.Facts;

public sealed class AlertTests
{
    [Theory]
    [InlineData("VM_STARTED", "VM started")]
    [InlineData("HOST_SERVER_CERTIFICATE_EXPIRING_14", "A host's certificate expires within 14 days")]
    [InlineData("POOL_CA_CERTIFICATE_EXPIRED", "A trusted authority's certificate has expired")]
    [InlineData("SOMETHING_NEW_IN_2030", "Something new in 2030")]
    [InlineData("backup of db01", "backup of db01")]
    [InlineData("", "Message without a name")]
    public void Title_OfName_ReadsAsWords(string name, string title)
    {
        Assert.Equal(title, Make(new() { Name = name }).Title);
    }

    [Fact]
    public void Text_OfAnAlarm_TellsValueAndLimit()
    {
        var body = "value: 0.953\nconfig:\n<variable><name value=\"cpu_usage\"/><alarm_trigger_level value=\"0.9\"/></variable>";

        var alert = Make(new() { Name = "ALARM", Priority = 1, Body = body });

        Assert.Equal("CPU use is 95.3 %, the limit is 90 %.", alert.Text);
        Assert.Equal(AlertSeverity.Critical, alert.Severity);
    }

    [Fact]
    public void Text_OfAVmMessage_LeavesTheUuidsOut()
    {
        var body = "VM 'web' (uuid: 30aff64e-0c36-72c5-f291-6a187092794d) started on host: h1 (uuid: 4c4c4544-0051-3610-8047-b8c04f000002)";

        Assert.Equal("VM 'web' started on host: h1", Make(new() { Name = "VM_STARTED", Body = body }).Text);
    }

    [Fact]
    public void Text_OfXml_KeepsTheWordsOnly()
    {
        var alert = Make(new() { Name = "HOST_SERVER_CERTIFICATE_EXPIRED", Body = "<body><message>It is over.</message><date>20261101T00:00:00Z</date></body>" });

        Assert.Equal("It is over.\nDate: 20261101T00:00:00Z", alert.Text);
    }

    [Theory]
    [InlineData("ALARM", "value: lots config: <variable>")]
    [InlineData("VM_CRASHED", "<script>alert(1)</script")]
    [InlineData("VM_CRASHED", "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>")]
    public void Text_OfBrokenOrHostileMarkup_StaysAsItIs(string name, string body)
    {
        Assert.Equal(body, Make(new() { Name = name, Body = body }).Text);
    }

    [Fact]
    public void Of_ObjectStillThere_NamesIt()
    {
        var vm = new Vm { Ref = "OpaqueRef:vm", Uuid = "v", NameLabel = "db01" };
        var message = new XapiMessage { Ref = "OpaqueRef:m", Uuid = "m", Cls = MessageClass.Vm, ObjUuid = "v", Priority = 9 };

        var alert = Alert.Of(PictureOf.Objects(vm, message), message);

        Assert.Same(vm, alert.About);
        Assert.Equal(AlertSeverity.Information, alert.Severity);
    }

    private static Alert Make(XapiMessage message) => Alert.Of(PictureOf.Objects(), message);
}
