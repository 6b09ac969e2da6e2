import type { Form } from '../portal/forms.ts';

const AT = new Date(Date.UTC(2024, 0, 15)).toISOString();

/** The definition of a form in the API; much of it says how the form looks. https://developers.hubspot.com/docs/api-reference/marketing-forms-v3/guide */
export function formAnswer({ guid, name, formType }: Form) {
  return {
    id: guid,
    name,
    formType,
    createdAt: AT,
    updatedAt: AT,
    archived: false,
    fieldGroups: ['email', 'firstname', 'lastname'].map((field) => ({
      groupType: 'default_group',
      richTextType: 'text',
      fields: [fieldAnswer(field)],
    })),
    configuration: {
      language: 'en',
      cloneable: true,
      editable: true,
      archivable: true,
      createNewContactForNewEmail: true,
      prePopulateKnownValues: true,
      allowLinkToResetKnownValues: false,
      recaptchaEnabled: false,
      notifyContactOwner: false,
      notifyRecipients: [],
      lifecycleStages: [],
      postSubmitAction: { type: 'thank_you', value: 'Thank you' },
    },
    displayOptions: {
      renderRawHtml: false,
      // What was not made in today's editor keeps the look of the one before.
      theme: formType === 'hubspot' ? 'default_style' : 'legacy',
      submitButtonText: 'Send',
      style: {
        fontFamily: 'arial, sans-serif',
        backgroundWidth: '100%',
        labelTextColor: '#33475b',
        labelTextSize: '13px',
        helpTextColor: '#7c98b6',
        helpTextSize: '11px',
        legalConsentTextColor: '#33475b',
        legalConsentTextSize: '14px',
        submitColor: '#ff7a59',
        submitAlignment: 'left',
        submitFontColor: '#ffffff',
        submitSize: '12px',
      },
    },
    legalConsentOptions: { type: 'none' },
  };
}

function fieldAnswer(name: string) {
  const common = { objectTypeId: '0-1', name, label: name, hidden: false, dependentFields: [] };
  if (name !== 'email') return { ...common, required: false, fieldType: 'single_line_text' };
  const validation = { blockedEmailDomains: [], useDefaultBlockList: false };
  return { ...common, required: true, fieldType: 'email', validation };
}
