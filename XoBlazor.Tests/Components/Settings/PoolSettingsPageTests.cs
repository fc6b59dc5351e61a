using Bunit;
using Microsoft.Extensions.DependencyInjection;
using XoBlazor.App.Components.Settings;
using XoBlazor.Core.Access;
using XoBlazor.Core.Pools;
using XoBlazor.Tests.Components.Support;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.Components.Settings;

public sealed class PoolSettingsPageTests : ConsoleContext
{
    private readonly PoolSettings _paris = new() { Id = Guid.NewGuid(), Label = "Paris <b>", Address = "paris.test", User = "root", Password = "secret", IsEnabled = false };

    [Fact]
    public async Task Page_DisabledPool_IsShownWithItsStateAndWithoutItsPassword()
    {
        await using var fleet = await RunningFleet.StartAsync(this, _paris);

        var page = Open<PoolSettingsPage>("/settings/pools");

        page.WaitForAssertion(() => Assert.Equal("Paris <b>", page.Find("article h2").TextContent.Trim()));
        Assert.Contains("Disabled", page.Find("article").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_RightTakenAway_ShowsNothingAnyMore()
    {
        await using var fleet = await RunningFleet.StartAsync(this, _paris);
        var page = Open<PoolSettingsPage>("/settings/pools");
        page.WaitForElement("article");

        Services.GetRequiredService<AccessEngine>().Apply(AccessPolicy.Empty);
        Clock.Advance(TimeSpan.FromSeconds(1));
        Beat();

        Assert.DoesNotContain("paris", page.Markup, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("It takes the right", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Remove_NameTyped_TakesThePoolAway()
    {
        await using var fleet = await RunningFleet.StartAsync(this, _paris);
        var page = Open<PoolSettingsPage>("/settings/pools");

        page.DoWhenThere("button.danger", it => it.Click());
        page.DoWhenThere("[role=dialog] input", it => it.Input("Paris <b>"));
        page.Do(() => page.Find("[role=dialog] form"), it => it.Submit());

        page.WaitForAssertion(() => Assert.Empty(fleet.Fleet.States), Patience.Limit);
    }

    [Fact]
    public async Task Remove_WrongNameTyped_KeepsThePool()
    {
        await using var fleet = await RunningFleet.StartAsync(this, _paris);
        var page = Open<PoolSettingsPage>("/settings/pools");

        page.DoWhenThere("button.danger", it => it.Click());
        page.DoWhenThere("[role=dialog] input", it => it.Input("Paris"));
        page.Do(() => page.Find("[role=dialog] form"), it => it.Submit());

        Assert.Single(fleet.Fleet.States);
        Assert.True(page.Find("[role=dialog] button[type=submit]").HasAttribute("disabled"));
    }

    [Fact]
    public async Task Add_AddressThatIsNone_SaysWhatIsWrongAndKeepsNothing()
    {
        await using var fleet = await RunningFleet.StartAsync(this);
        var page = Open<PoolSettingsPage>("/settings/pools");

        page.DoWhenThere("button.add", it => it.Click());
        page.Do(() => page.Find("#pool-address"), it => it.Input("ftp://nowhere"));
        page.Do(() => page.Find("#pool-password"), it => it.Input("secret"));
        page.Do(() => page.Find("form.form"), it => it.Submit());

        page.WaitForAssertion(() => Assert.Contains("The pool was not added", page.Find("[role=alert]").TextContent, StringComparison.Ordinal), Patience.Limit);
        Assert.Empty(fleet.Fleet.States);
    }

    private sealed class RunningFleet : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private Task _run = Task.CompletedTask;

        public required PoolFleet Fleet { get; init; }

        public static async Task<RunningFleet> StartAsync(ConsoleContext context, params PoolSettings[] pools)
        {
            context.Services.AddSingleton<IPoolSettingsStore>(KeptPools.Of(pools));
            context.Services.AddSingleton<PoolFleet>();
            var running = new RunningFleet { Fleet = context.Services.GetRequiredService<PoolFleet>() };
            running._run = running.Fleet.RunAsync(running._stop.Token);
            await running.Fleet.Loaded.WaitAsync(Patience.Limit, Xunit.TestContext.Current.CancellationToken);
            return running;
        }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _run;
            _stop.Dispose();
        }
    }
}
