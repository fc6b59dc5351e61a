using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Tests.Components.Support;
using static Microsoft.Playwright.Assertions;

namespace XoBlazor.Tests.Components.Access;

/// <summary>Pages that are open in a browser while grants come and go.</summary>
public sealed class OpenPagesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Grants_GivenAndTakenAway_FillAndEmptyWhatIsOpen()
    {
        await using var host = await ConsoleHost.StartAsync(Token);
        using var pool = new SamplePool(host.Store, vms: 10);
        var engine = host.Access;
        engine.Apply(AccessPolicy.Empty);
        await using var browser = await Browser.StartAsync();
        var list = await browser.OpenAsync(host.Url + "/vms");
        await Expect(list.Locator("main")).ToContainTextAsync("You have not been given anything yet");
        await Pictures.TakeAsync(list, "nothing-given");

        engine.Apply(Of(new AccessScope.OfVms("tags:production")));
        await Expect(list.Locator(".body .row")).ToHaveCountAsync(4);
        var detail = await browser.OpenAsync($"{host.Url}/vms/{pool.Uuid}/{pool.Vm(3).Uuid}");
        await Expect(detail.Locator("h1")).ToHaveTextAsync("build-0003");
        await Pictures.TakeAsync(detail, "operator-vm");
        await list.Locator(".body .row").First.HoverAsync();
        var begun = Stopwatch.GetTimestamp();
        engine.Apply(AccessPolicy.Empty);

        await Expect(list.Locator(".body .row")).ToHaveCountAsync(0);
        await Expect(detail.Locator("main")).ToContainTextAsync("This VM is gone");
        TestContext.Current.SendDiagnosticMessage("empty after {0:0} ms", Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        // The frame around the page, and the title, follow a beat later.
        await detail.WaitForFunctionAsync("() => !document.documentElement.outerHTML.includes('build-0003')");
        await list.WaitForFunctionAsync("() => !document.documentElement.outerHTML.includes('web-0000')");
    }

    private static AccessPolicy Of(AccessScope scope) =>
        new([], [new("g", SubjectId.User("1"), Role.Operator.Id, scope)], FrozenDictionary<string, ImmutableArray<string>>.Empty);
}
