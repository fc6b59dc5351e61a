using XoBlazor.Core.Model;
using XoBlazor.Core.Notifications;
using XoBlazor.Core.Notifications.Rules;
using XoBlazor.Core.Store.Facts;
using XoBlazor.Tests.Notifications.Support;

namespace XoBlazor.Tests.Notifications;

/// <summary>Rules as JSON, and what is said of those that cannot work.</summary>
public sealed class RuleTextTests
{
    public static TheoryData<NotificationTrigger> Triggers =>
    [
        new NotificationTrigger.ObjectMatches(XapiClass.Vm, "power_state:halted", true, TimeSpan.FromMinutes(5)), new NotificationTrigger.FieldChanges(XapiClass.Host, ["enabled"], "name_label:a"),
        new NotificationTrigger.AlarmRaised(AlertSeverity.Critical, "name:HA_*"), new NotificationTrigger.Threshold(Measure.VmMemory, 90, TimeSpan.FromMinutes(10), 3, "tags:web"),
        new NotificationTrigger.TaskFailed(), new NotificationTrigger.OperationFailed(["vm.start"]), new NotificationTrigger.PoolSilent(TimeSpan.FromMinutes(2)), new NotificationTrigger.HostDown(TimeSpan.Zero),
        new NotificationTrigger.UpdateAvailable(), new NotificationTrigger.PluginGivenUp(),
    ];

    [Theory]
    [MemberData(nameof(Triggers))]
    public void Rule_WrittenAndRead_IsTheSame(NotificationTrigger when)
    {
        var rule = Rule(when) with
        {
            Who = [new Recipient.User("1"), new Recipient.Group("2"), new Recipient.At("a@b.test")],
            Pace = new Pace.Daily(new(8, 30)),
            Quiet = new(new(22, 0), new(7, 0)),
            Zone = "Europe/Paris",
            Pause = TimeSpan.FromMinutes(3),
            Remind = TimeSpan.FromHours(1),
            TellsEnd = false,
            Severity = NotificationSeverity.Critical,
        };

        var read = RuleText.Read(RuleText.Write(rule));

        Assert.Equal(rule, read);
        Assert.Equal(when.GetType(), read.When.GetType());
        Assert.Null(RuleCheck.Fault(read, new FakeTransport("mail", reachesPeople: true)));
    }

    [Theory]
    [InlineData("""{"name":1}""")]
    [InlineData("""[]""")]
    [InlineData("""{"id":"6f9619ff-8b86-d011-b42d-00cf4fc964ff","name":"a","when":{"kind":"earthquake"},"who":[],"how":"mail"}""")]
    [InlineData("""{"id":"6f9619ff-8b86-d011-b42d-00cf4fc964ff","name":"a","when":{"kind":"update-available"},"who":[],"how":"mail","colour":"red"}""")]
    [InlineData("""{"id":"6f9619ff-8b86-d011-b42d-00cf4fc964ff","name":"a","when":{"kind":"object","class":"elephant","filter":"a"},"who":[],"how":"mail"}""")]
    [InlineData("""{"id":"6f9619ff-8b86-d011-b42d-00cf4fc964ff","name":"a","when":{},"who":[],"how":"mail"}""")]
    public void Text_ThatIsNoRule_IsRefusedInWords(string text) => Assert.Contains("docs/notifications.md", Assert.Throws<NotificationException>(() => RuleText.Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Rule_ThatCannotWork_IsToldWhatToChange()
    {
        var good = Rule(new NotificationTrigger.UpdateAvailable());

        Fails("name", good with { Name = " " });
        Fails("time zone", good with { Zone = "Mars/Olympus" });
        Fails("filter", good with { When = new NotificationTrigger.ObjectMatches(XapiClass.Vm, "") });
        Fails("character 1", good with { When = new NotificationTrigger.ObjectMatches(XapiClass.Vm, "nonsense:1") });
        Fails("no field", good with { When = new NotificationTrigger.FieldChanges(XapiClass.Vm, ["colour"]) });
        Fails("between 0 and 100", good with { When = new NotificationTrigger.Threshold(Measure.HostCpu, 100, TimeSpan.Zero) });
        Fails("margin", good with { When = new NotificationTrigger.Threshold(Measure.HostCpu, 50, TimeSpan.Zero, 50) });
        Fails("7 days", good with { When = new NotificationTrigger.PoolSilent(TimeSpan.FromDays(8)) });
        Fails("every minute", good with { Pace = new Pace.Every(TimeSpan.FromSeconds(1)) });
        Fails("another time", good with { Quiet = new(new(7, 0), new(7, 0)) });
        Fails("who is to hear", good with { Who = [] });
        Fails("twice", good with { Who = [new Recipient.User("1"), new Recipient.User("1")] });
        Fails("no address", good with { Who = [new Recipient.At("nowhere")] });
        Fails("way 'post'", good with { How = "post" }, isThere: false);
        Assert.Contains("users and groups", RuleCheck.Fault(good with { Who = [new Recipient.Group("1")] }, new FakeTransport("hook", reachesPeople: false)), StringComparison.Ordinal);

        void Fails(string words, NotificationRule rule, bool isThere = true) =>
            Assert.Contains(words, RuleCheck.Fault(rule, isThere ? new FakeTransport("mail", reachesPeople: true) : null), StringComparison.OrdinalIgnoreCase);
    }

    private static NotificationRule Rule(NotificationTrigger when) => new() { Id = Guid.NewGuid(), Name = "Rule", When = when, Who = [new Recipient.At("a@b.test")], How = "mail" };
}
