using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using XoBlazor.App.Hosting.Tls;

namespace XoBlazor.App.Hosting;

/// <summary>Kestrel, its addresses, its certificate, and the proxies whose word about the client is believed.</summary>
internal static class Listening
{
    public static void AddListening(this WebApplicationBuilder builder)
    {
        var plan = ListenPlan.Parse(builder.Configuration["Urls"]);
        builder.Services.AddSingleton(plan);
        builder.Services.AddSingleton<Greeting>();
        if (plan.HasHttps)
        {
            var https = builder.Configuration.GetSection("Https").Get<HttpsOptions>() ?? new HttpsOptions();
            builder.Services.AddSingleton(services => ActivatorUtilities.CreateInstance<ServerCertificate>(services, https));
            builder.Services.AddHostedService<CertificateLoop>();
        }

        builder.WebHost.UseKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            if (plan.HasHttps)
                kestrel.ConfigureHttpsDefaults(https => Show(https, kestrel.ApplicationServices.GetRequiredService<ServerCertificate>()));
        });
        builder.WebHost.UseUrls([.. plan.Addresses.Select(address => address.ToString())]);
        AddProxies(builder);
    }

    /// <summary>Sends people who came over plain HTTP to HTTPS, where the server speaks both.</summary>
    public static void UseHttpsForPeople(this WebApplication app)
    {
        if (!app.Services.GetRequiredService<ListenPlan>().HasHttps)
            return;

        app.UseWhen(context => !HealthEndpoints.IsHealth(context.Request.Path), branch => branch.UseHttpsRedirection());
    }

    private static void Show(Microsoft.AspNetCore.Server.Kestrel.Https.HttpsConnectionAdapterOptions https, ServerCertificate certificate)
    {
        https.ServerCertificateSelector = (_, _) => certificate.Leaf;
        https.OnAuthenticate = (_, tls) =>
        {
            // The context carries the intermediates too, which a selector cannot.
            tls.ServerCertificateSelectionCallback = null;
            tls.ServerCertificateContext = certificate.Context;
        };
    }

    private static void AddProxies(WebApplicationBuilder builder)
    {
        var trusted = (builder.Configuration.GetSection("Proxy:KnownProxies").Get<string[]>() ?? []).Select(ParseProxy).ToList();
        builder.Services.Configure<ForwardedHeadersOptions>(forwarded =>
        {
            forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
            foreach (var network in trusted)
                forwarded.KnownIPNetworks.Add(network);
        });
    }

    private static System.Net.IPNetwork ParseProxy(string text) =>
        IPAddress.TryParse(text, out var address) ? new System.Net.IPNetwork(address, address.GetAddressBytes().Length * 8)
        : System.Net.IPNetwork.TryParse(text, out var network) ? network
        : throw new StartupException($"'{text}' in Proxy:KnownProxies is neither an address nor a network. Write it as 192.0.2.10 or 192.0.2.0/24.");
}
