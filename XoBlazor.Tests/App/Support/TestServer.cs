using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using XoBlazor.App.Hosting;
using XoBlazor.Tests.Support;

namespace XoBlazor.Tests.App.Support;

/// <summary>
/// The whole server in this process, on a data directory of its own, with one administrator. Requests go over memory, or over a port of
/// loopback (<see cref="OnAPort"/>) where a browser can come too; the client keeps cookies and follows no redirect.
/// </summary>
internal sealed partial class TestServer : WebApplicationFactory<XoBlazor.App.Program>
{
    public const string Admin = "admin";
    public const string Password = "correct horse battery";

    private readonly TempFolder? _own;
    private readonly TempFolder _folder;
    private RunningServer? _host;
    private readonly List<Action<IServiceCollection>> _services =
    [
        // What it has to say belongs to its test; on the console of all tests it would bury what failed.
        services => services.AddSingleton<ILoggerProvider>(new TestLog()).AddSingleton(new Terminal { In = TextReader.Null, Out = TextWriter.Null, Error = TextWriter.Null }),
    ];
    private readonly Dictionary<string, string> _settings = new()
    {
        ["Setup:AdminUser"] = Admin,
        ["Setup:AdminPassword"] = Password,
        ["Urls"] = "http://127.0.0.1:0",
        // Nothing listens there: no test asks the maker of XenServer for its catalogue.
        ["Patching:CatalogueUrl"] = "http://127.0.0.1:9/updates.xml",
        // Hosts are asked by tests alone.
        ["Metrics:History"] = "false",
        ["Logging:Console:LogLevel:Default"] = "None",
        ["Logging:Test:LogLevel:Default"] = "Information",
        ["Logging:Test:LogLevel:Microsoft"] = "Warning",
    };

    /// <summary>A server on a fresh data directory, or on that of a server before it.</summary>
    public TestServer(TempFolder? folder = null) => _folder = folder ?? (_own = new TempFolder());

    public string DataFolder => _folder.File("data");

    public TestServer With(string name, string value)
    {
        _settings[name] = value;
        return this;
    }

    public TestServer With(TimeProvider time) => With(services => services.AddSingleton(time));

    public TestServer With(Action<IServiceCollection> services)
    {
        _services.Add(services);
        return this;
    }

    /// <summary>Has everything it logs, at whatever level, told to somebody.</summary>
    public TestServer With(ILoggerProvider log) =>
        With(services => services.AddSingleton(log)).With("Logging:LogLevel:Default", "Trace").With("Logging:LogLevel:Microsoft", "Trace")
            .With("Logging:LogLevel:Microsoft.AspNetCore.DataProtection", "Trace");

    /// <summary>Starts it at once, on a free port.</summary>
    public TestServer OnAPort()
    {
        UseKestrel(0);
        StartServer();
        Address = new Uri(_host!.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return this;
    }

    /// <summary>Where it answers, when it has a port.</summary>
    public Uri? Address { get; private set; }

    public HttpClient Browser(string address = "http://localhost") => Address is not null
        ? new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Address }
        : CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = true, BaseAddress = new Uri(address) });

    /// <summary>Loads the form's page and posts it, as a browser would.</summary>
    public static async Task<HttpResponseMessage> SubmitAsync(HttpClient browser, string page, IReadOnlyDictionary<string, string> fields, string? action = null)
    {
        var token = TestContext.Current.CancellationToken;
        var html = await browser.GetStringAsync(page, token);
        var all = new Dictionary<string, string>(fields);
        foreach (var (name, value) in HiddenFields(html))
            all.TryAdd(name, value);

        using var request = new HttpRequestMessage(HttpMethod.Post, action ?? page.Split('?')[0]) { Content = new FormUrlEncodedContent(all) };
        request.Headers.Add("Origin", browser.BaseAddress!.GetLeftPart(UriPartial.Authority));
        return await browser.SendAsync(request, token);
    }

    public static Task<HttpResponseMessage> SignInAsync(HttpClient browser, string password = Password, string page = "/sign-in") =>
        SubmitAsync(browser, page, new Dictionary<string, string> { ["name"] = Admin, ["password"] = password });

    /// <summary>What a page's forms send without being asked.</summary>
    public static IEnumerable<(string Name, string Value)> HiddenFields(string html) =>
        HiddenField().Matches(html).Select(hidden => (hidden.Groups["name"].Value, WebUtility.HtmlDecode(hidden.Groups["value"].Value)));

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Production");
        builder.UseSetting("DataDir", DataFolder);
        foreach (var (name, value) in _settings)
            builder.UseSetting(name, value);
        foreach (var services in _services)
            builder.ConfigureTestServices(services);
    }

    protected override IHost CreateHost(IHostBuilder builder) => _host = new RunningServer(base.CreateHost(builder));

    public override async ValueTask DisposeAsync()
    {
        if (_host is not null)
            await _host.StopAsync(CancellationToken.None);
        await base.DisposeAsync();
        _own?.Dispose();
    }

    [GeneratedRegex("""<input type="hidden" name="(?<name>[^"]*)" value="(?<value>[^"]*)" ?/?>""")]
    private static partial Regex HiddenField();
}
