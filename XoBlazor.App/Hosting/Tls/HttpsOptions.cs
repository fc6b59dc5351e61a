namespace XoBlazor.App.Hosting.Tls;

/// <summary>The section <c>Https</c>: which certificate the server shows. Empty: a self-signed one made at first start.</summary>
public sealed class HttpsOptions
{
    /// <summary>A PEM file (leaf first, then intermediates) or a PFX file.</summary>
    public string Certificate { get; set; } = "";

    /// <summary>The PEM file of the private key, where the certificate's own file does not hold it.</summary>
    public string Key { get; set; } = "";

    /// <summary>The password of the PFX file or of the encrypted PEM key.</summary>
    public string Password { get; set; } = "";
}
