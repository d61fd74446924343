//! The part of JSON Schema (draft 2020-12) that our API document uses: checking values against it, and
//! making values from it.

use serde_json::{Map, Value, json};

/// A document that schemas refer into.
pub struct Document(pub Value);

impl Document {
    /// What a schema is, after its `$ref`.
    pub fn resolve<'a>(&'a self, mut schema: &'a Value) -> &'a Value {
        while let Some(to) = schema["$ref"].as_str() {
            let pointer = to
                .strip_prefix('#')
                .expect("references stay in the document");
            schema = self
                .0
                .pointer(pointer)
                .unwrap_or_else(|| panic!("{to} is defined"));
        }
        schema
    }

    /// What is wrong with a value; nothing when it is as the schema says.
    pub fn faults(&self, schema: &Value, value: &Value, place: &str) -> Vec<String> {
        let schema = self.resolve(schema);
        let mut faults = Vec::new();
        let mut fault = |what: String| faults.push(format!("{place}: {what}"));
        for keyword in schema.as_object().expect("a schema is an object").keys() {
            assert!(
                KNOWN.contains(&keyword.as_str()),
                "{keyword} is not checked here"
            );
        }
        if let Some(constant) = schema.get("const").filter(|constant| *constant != value) {
            fault(format!("is not {constant}"));
        }
        if let Some(all) = schema["enum"].as_array().filter(|all| !all.contains(value)) {
            fault(format!("is not one of {}", json!(all)));
        }
        if !is_of_type(&schema["type"], value) {
            fault(format!("is not of type {}", schema["type"]));
        }
        let below = |limit: &str, found: f64| schema[limit].as_f64().is_some_and(|it| found < it);
        let above = |limit: &str, found: f64| schema[limit].as_f64().is_some_and(|it| found > it);
        if let Some(number) = value.as_f64()
            && (below("minimum", number) || above("maximum", number))
        {
            fault("is out of range".into());
        }
        if let Some(text) = value.as_str() {
            let length = text.chars().count() as f64;
            if below("minLength", length) || above("maxLength", length) {
                fault("is not of the length".into());
            }
            if schema["format"] == "uuid" && text.parse::<uuid::Uuid>().is_err() {
                fault("is no id".into());
            }
        }
        if let Some(items) = value.as_array() {
            let length = items.len() as f64;
            if below("minItems", length) || above("maxItems", length) {
                fault("has not so many items".into());
            }
            if let Some(each) = schema.get("items") {
                for (index, item) in items.iter().enumerate() {
                    faults.extend(self.faults(each, item, &format!("{place}/{index}")));
                }
            }
        }
        if let Some(fields) = value.as_object() {
            faults.extend(self.faults_of_fields(schema, fields, place));
        }
        if let Some(any) = schema["anyOf"].as_array() {
            let each: Vec<_> = any
                .iter()
                .map(|one| self.faults(one, value, place))
                .collect();
            if !each.iter().any(Vec::is_empty) {
                faults.push(format!("{place}: fits none of {}: {value}", any.len()));
            }
        }
        faults
    }

    fn faults_of_fields(
        &self,
        schema: &Value,
        fields: &Map<String, Value>,
        place: &str,
    ) -> Vec<String> {
        let mut faults = Vec::new();
        for name in schema["required"].as_array().into_iter().flatten() {
            if !fields.contains_key(name.as_str().unwrap()) {
                faults.push(format!("{place}: {name} is missing"));
            }
        }
        for (name, field) in fields {
            let place = format!("{place}/{name}");
            match (&schema["properties"][name], &schema["additionalProperties"]) {
                (Value::Null, Value::Bool(false)) => {
                    faults.push(format!("{place}: is not documented"))
                }
                (Value::Null, Value::Null | Value::Bool(true)) => {}
                (Value::Null, other) => faults.extend(self.faults(other, field, &place)),
                (known, _) => faults.extend(self.faults(known, field, &place)),
            }
        }
        faults
    }

    /// A value as the schema says; what is open is taken from the choices.
    pub fn value(&self, schema: &Value, choices: &mut Choices) -> Value {
        let schema = self.resolve(schema);
        if let Some(constant) = schema.get("const") {
            return constant.clone();
        }
        if let Some(all) = schema["enum"].as_array().or(schema["anyOf"].as_array()) {
            let one = &all[choices.below(all.len())];
            return match schema.get("enum") {
                Some(_) => one.clone(),
                None => self.value(one, choices),
            };
        }
        if schema.get("contentSchema").is_some() {
            let inner = self.value(&schema["contentSchema"], choices);
            return json!(inner.to_string());
        }
        let types: Vec<&str> = match &schema["type"] {
            Value::Array(types) => types.iter().filter_map(Value::as_str).collect(),
            one => one.as_str().into_iter().collect(),
        };
        match types.get(choices.below(types.len().max(1))) {
            Some(&"object") => self.object(schema, choices),
            Some(&"array") => {
                let least = schema["minItems"].as_u64().unwrap_or(0) as usize;
                let length = least + choices.below(3);
                (0..length)
                    .map(|_| self.value(&schema["items"], choices))
                    .collect()
            }
            Some(&"integer" | &"number") => {
                let least = schema["minimum"].as_i64().unwrap_or(-5);
                let most = schema["maximum"]
                    .as_i64()
                    .unwrap_or(least.saturating_add(1_000));
                let span = usize::try_from(most.saturating_sub(least)).unwrap_or(usize::MAX);
                json!(least.saturating_add(choices.below(span.saturating_add(1)) as i64))
            }
            Some(&"boolean") => json!(choices.below(2) == 1),
            Some(&"string") => json!(text(schema, choices)),
            _ => Value::Null,
        }
    }

    fn object(&self, schema: &Value, choices: &mut Choices) -> Value {
        let required = schema["required"].as_array().cloned().unwrap_or_default();
        let mut fields = Map::new();
        for (name, field) in schema["properties"].as_object().into_iter().flatten() {
            if required.contains(&json!(name)) || choices.below(2) == 1 {
                fields.insert(name.clone(), self.value(field, choices));
            }
        }
        if let Some(each) = schema
            .get("additionalProperties")
            .filter(|each| each.is_object())
        {
            for number in 0..choices.below(3) {
                fields.insert(format!("a{number}"), self.value(each, choices));
            }
        }
        Value::Object(fields)
    }
}

const KNOWN: [&str; 20] = [
    "$ref",
    "additionalProperties",
    "anyOf",
    "const",
    "contentMediaType",
    "contentSchema",
    "description",
    "enum",
    "format",
    "items",
    "maxItems",
    "maxLength",
    "maximum",
    "minItems",
    "minLength",
    "minimum",
    "properties",
    "required",
    "title",
    "type",
];

fn is_of_type(wanted: &Value, value: &Value) -> bool {
    let is = |name: &str| match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        other => panic!("{other} is no type"),
    };
    match wanted {
        Value::Null => true,
        Value::Array(any) => any.iter().any(|one| is(one.as_str().unwrap())),
        one => is(one.as_str().unwrap()),
    }
}

fn text(schema: &Value, choices: &mut Choices) -> String {
    if schema["format"] == "uuid" {
        let bytes = std::array::from_fn(|_| choices.below(256) as u8);
        let id = uuid::Builder::from_unix_timestamp_millis(choices.below(1 << 40) as u64, &bytes);
        return id.into_uuid().to_string();
    }
    let least = schema["minLength"].as_u64().unwrap_or(0) as usize;
    let most = schema["maxLength"]
        .as_u64()
        .map_or(least + 12, |most| most as usize);
    let length = least + choices.below(most - least + 1);
    let digits: Vec<char> = "0123456789abcdef".chars().collect();
    (0..length).map(|_| digits[choices.below(16)]).collect()
}

/// Choices drawn before: when they are used up, the first one is taken each time.
pub struct Choices(std::vec::IntoIter<u64>);

impl Choices {
    pub fn of(drawn: Vec<u64>) -> Self {
        Self(drawn.into_iter())
    }

    /// A number from 0 up to, and without, `end`; 0 when there is no such number.
    pub fn below(&mut self, end: usize) -> usize {
        match self.0.next() {
            Some(drawn) if end > 0 => (drawn % end as u64) as usize,
            _ => 0,
        }
    }
}
