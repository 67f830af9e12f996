// The reference of the REST interface. No validator: it would send the schema's address away.
const { schema } = document.getElementById("swagger-ui").dataset;
SwaggerUIBundle({
  url: schema,
  dom_id: "#swagger-ui",
  presets: [SwaggerUIBundle.presets.apis],
  layout: "BaseLayout",
  deepLinking: true,
  validatorUrl: null,
});
