using XoBlazor.Core.Model;
using XoBlazor.Tests.Security.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Security;

/// <summary>
/// What somebody may is decided on the server: whatever a client says of itself, it gets nothing of what is not its own, neither as an
/// answer nor pushed. Class 1 of docs/security.md.
/// </summary>
[Collection(nameof(Estate))]
public sealed class ClientClaimedRightsTests(Estate estate)
{
    public static TheoryData<string, string> Cells =>
        [.. from face in Faces.All from person in (string[])["anonymous", "norma", "vera", "olaf"] select (face.Name, person)];

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task Replay_OfEverythingAFaceHas_TellsNothingOfOthers(string face, string who)
    {
        var person = estate.People.Single(one => one.Name == who);
        var secrets = estate.SecretsFrom(person);
        var asked = 0;
        var leaks = new List<string>();

        await foreach (var (question, status, text) in Faces.Find(face).ReplayAsync(estate, person))
        {
            asked++;
            leaks.AddRange(secrets.Where(secret => text.Contains(secret, StringComparison.OrdinalIgnoreCase)).Select(secret => $"{question} ({status}) tells {who} of {secret}"));
        }

        Assert.True(asked > 0);
        Assert.True(leaks.Count == 0, string.Join('\n', leaks.Distinct()));
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task Change_OfWhatIsNotTheirs_IsNotPushed(string face, string who)
    {
        var person = estate.People.Single(one => one.Name == who);
        var watcher = await estate.PageAsync(estate.Administrator);
        await watcher.GotoAsync(new Uri(estate.Address, "/vms").AbsoluteUri);
        var changed = $"{Estate.Canary}changed-for-{who}-by-{face.Replace(' ', '-')}";

        var heard = await Faces.Find(face).ListenAsync(estate, person, async () =>
        {
            estate.Pool.Apply(estate.Vm(0) with { NameLabel = changed });
            estate.Pool.Apply(new XapiTask { Ref = "OpaqueRef:task-" + changed, Uuid = Guid.NewGuid().ToString(), NameLabel = changed, Status = XapiTaskStatus.Pending });
            await watcher.GetByText(changed).First.WaitForAsync(new() { Timeout = (float)Patience.Limit.TotalMilliseconds });
        });
        await watcher.Context.CloseAsync();

        Assert.DoesNotContain(changed, heard, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The tests above would hear it.</summary>
    [Fact]
    public async Task Replay_ByAnAdministrator_TellsOfEveryKindOfObjectThatHasAPage()
    {
        var heard = new List<string>();

        await foreach (var one in Faces.Find("circuit").ReplayAsync(estate, estate.Administrator))
            heard.Add(one.Text);

        var all = string.Concat(heard);
        Assert.All<XapiObject>([estate.Vm(0), estate.Pool.Picture.All<Host>().First(), estate.Pool.Picture.All<Sr>().First(), estate.Pool.Picture.All<Vdi>().First(),
            estate.Pool.Picture.All<Network>().First(), estate.Pool.Picture.All<XapiTask>().First()], value => Assert.Contains(Estate.TextOf(value), all, StringComparison.OrdinalIgnoreCase));
        Assert.Contains(Estate.Zoe, all, StringComparison.Ordinal);
    }
}
