using System.Diagnostics;
using Microsoft.Playwright;

namespace XoBlazor.Benchmarks.Server;

/// <summary>The published server with everything on, as an administrator has it on the first day: one pool, and one signed-in browser on its VMs.</summary>
internal sealed class WholeServer : IAsyncDisposable
{
    private const string Ready = " is ready: ";
    private const string Password = "four words make one";

    private readonly Process _process;
    private readonly Task _rest;

    private WholeServer(Process process, Uri address, Task rest) => (_process, Address, _rest) = (process, address, rest);

    public int Id => _process.Id;

    private Uri Address { get; }

    public static async Task<WholeServer> StartAsync(string file, string folder)
    {
        var start = new ProcessStartInfo(file, ["--data-dir", folder, "--urls", "https://127.0.0.1:0"]) { RedirectStandardOutput = true, WorkingDirectory = Path.GetDirectoryName(folder) };
        start.Environment["Setup__AdminPassword"] = Password;
        var process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
            if (line.IndexOf(Ready, StringComparison.Ordinal) is >= 0 and var at)
                return new(process, new(line[(at + Ready.Length)..].Trim()), process.StandardOutput.ReadToEndAsync());
        throw new InvalidOperationException("the server ended before it was ready");
    }

    /// <summary>Signs in, adds the pool as a person would, and opens its VMs; returns once rows are shown.</summary>
    public async Task OpenAsync(IPage page, Uri pool, string user, string password)
    {
        page.SetDefaultTimeout(120_000);
        await page.GotoAsync(Address.AbsoluteUri);
        await page.GetByLabel("User name").FillAsync("admin");
        await page.GetByLabel("Password").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Add a pool" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a pool" }).First.ClickAsync();
        await page.GetByLabel("Address").FillAsync(pool.Authority);
        await page.GetByLabel("User", new() { Exact = true }).FillAsync(user);
        await page.GetByLabel("Password").FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Connect" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "The fingerprint is right" }).ClickAsync();
        await page.GetByRole(AriaRole.Article).GetByText("Connected").First.WaitForAsync();
        await page.GotoAsync(new Uri(Address, "/vms").AbsoluteUri);
        await page.Locator("[data-line]").Nth(10).WaitForAsync();
    }

    public async ValueTask DisposeAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]))
            await kill.WaitForExitAsync();
        await _rest;
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
