using System.Collections.Concurrent;
using System.Reflection;
using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Playwright;
using XoBlazor.App.Components.Live;
using XoBlazor.Core.Model;
using XoBlazor.Tests.App.Support;

namespace XoBlazor.Tests.Security.Support;

/// <summary>The console in Chromium, judged not by what it shows but by every byte of its socket: a client that was tampered with has no more.</summary>
internal sealed class CircuitFace : IFace
{
    private const string Nowhere = "/not-found";

    /// <summary>What every page has, and every reason for having none, once it is read.</summary>
    private const string Heading = "main:not([aria-busy]) h1:not([data-old]), main:not([aria-busy]) .empty h2:not([data-old])";

    public string Name => "circuit";

    public async IAsyncEnumerable<Heard> ReplayAsync(Estate estate, Person person)
    {
        var page = await estate.PageAsync(person);
        var frames = Listen(page);
        await page.GotoAsync(new Uri(estate.Address, Nowhere).AbsoluteUri);
        if (person.Actor is null)
        {
            yield return new(Nowhere, 401, Take(frames) + await page.ContentAsync());
            await page.Context.CloseAsync();
            yield break;
        }

        await OpenedAsync(page);
        foreach (var address in await AddressesAsync(estate, person))
        {
            await GoAsync(page, address);
            // By way of nowhere, so that a page is never the one before it with other ids.
            await GoAsync(page, Nowhere);
            yield return new(address, 200, Take(frames));
        }
        await page.Context.CloseAsync();
    }

    public async Task<string> ListenAsync(Estate estate, Person person, Func<Task> change)
    {
        var heard = new List<string>();
        var pages = new List<(IPage Page, ConcurrentQueue<byte[]> Frames)>();
        foreach (var address in (string[])["/", "/vms", "/tasks", "/journal"])
        {
            var page = await estate.PageAsync(person);
            var frames = Listen(page);
            await page.GotoAsync(new Uri(estate.Address, address).AbsoluteUri);
            if (person.Actor is not null)
                await OpenedAsync(page);
            pages.Add((page, frames));
        }

        await change();
        foreach (var (page, frames) in pages)
        {
            // What was pushed before the answer has come before it.
            if (person.Actor is not null)
                await GoAsync(page, Nowhere);
            heard.Add(Take(frames) + await page.ContentAsync());
            await page.Context.CloseAsync();
        }
        return string.Concat(heard);
    }

    /// <summary>Every page there is, those of objects with one of each class that is not theirs.</summary>
    public static async Task<IReadOnlyList<string>> AddressesAsync(Estate estate, Person person)
    {
        var hidden = estate.HiddenFrom(person).DistinctBy(value => value.Class).ToDictionary(value => value.Class);
        var zoe = (await estate.Server.AccountAsync(Estate.Zoe)).Id;
        return [.. Templates().SelectMany(template => Routes.Fill(RoutePatternFactory.Parse(template), estate.Pool.Uuid, IdsFor(template, hidden, estate), zoe)).Where(address => address != Nowhere).Distinct()];
    }

    /// <summary>The templates of all routable pages that are part of the console.</summary>
    public static IEnumerable<string> Templates() => typeof(CircuitView).Assembly.GetTypes().SelectMany(type => type.GetCustomAttributes<RouteAttribute>()).Select(route => route.Template);

    /// <summary>In the place of an object: the one of its own class, and one of another.</summary>
    private static IReadOnlyList<string> IdsFor(string template, Dictionary<XapiClass, XapiObject> hidden, Estate estate)
    {
        var own = hidden.Values.Where(value => template.StartsWith(ObjectUrl.Of(estate.Pool.Uuid, value)?.Split('/')[1] is { } folder ? $"/{folder}/" : "?", StringComparison.Ordinal)).Select(value => value.Uuid).ToList();
        return own.Count > 0 ? [.. own, hidden.Values.Last().Uuid] : [estate.Vm(0).Uuid];
    }

    public static ConcurrentQueue<byte[]> Listen(IPage page)
    {
        var frames = new ConcurrentQueue<byte[]>();
        page.WebSocket += (_, socket) => socket.FrameReceived += (_, frame) => frames.Enqueue(frame.Binary ?? Encoding.UTF8.GetBytes(frame.Text ?? ""));
        return frames;
    }

    public static string Take(ConcurrentQueue<byte[]> frames)
    {
        var all = new List<byte>();
        while (frames.TryDequeue(out var frame))
            all.AddRange(frame);
        return Encoding.Latin1.GetString([.. all]);
    }

    /// <summary>Waits until a page stands.</summary>
    public static async Task OpenedAsync(IPage page)
    {
        try
        {
            await page.WaitForSelectorAsync(Heading);
            // A list's rows come when its place on the screen is known.
            await page.WaitForFunctionAsync("() => [...document.querySelectorAll('[role=grid]')].every(grid => grid.querySelector('.body [role=row]'))");
        }
        catch (TimeoutException)
        {
            Assert.Fail($"{page.Url} never stood: {await page.Locator("body").InnerTextAsync()}");
        }
    }

    /// <summary>Goes there within the circuit, and waits until the page stands.</summary>
    public static async Task GoAsync(IPage page, string address)
    {
        if (new Uri(page.Url).PathAndQuery == address)
            return;
        await page.EvaluateAsync("address => { document.querySelectorAll('main h1, main .empty h2').forEach(h => h.setAttribute('data-old', '')); Blazor.navigateTo(address); }", address);
        await OpenedAsync(page);
    }
}
